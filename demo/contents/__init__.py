"""What the demo's people have made: pictures that are drawn, papers that are written, folders that hold them."""
