"""Bytes: each content stored once, uploads that resume, types told by content, thumbnails, downloads.

It knows no person but a UUID, and no domain. Doors, each with its own docstring:

    models.Blob, models.Upload
    services.receive(*, file, name) -> Received(blob, name)      a form's file, or a server's own
    services.hold(blob), let_go(blob)                            in the transaction of the holder's row
    services.hold_all(ids), let_go_all(ids)                      the same for many, an id once a holder
    services.opened(blob) -> binary file                         its bytes, for server code
    serve.serve(request, *, blob, name, inline) -> HttpResponse  once the caller has authorised
    serve.serve_thumbnail(request, *, thumbnail) -> HttpResponse
    thumbnails.thumbnail_of(blob, size) -> Thumbnail | None      size: thumbnails.SMALL, thumbnails.LARGE
    tus.TusCreation, tus.TusUpload                               views to subclass: authorise, finished
    names.clean_name(name) -> str
    types.shown_inline(media_type) -> bool
    zips.zip_response(name, entries) -> HttpResponse             entries: zips.Entry(path, blob)
"""
