"""Blogs, their posts, and what is said of these."""

from blog.models.blogs import DESCRIPTION_LENGTH, TITLE_LENGTH, Blog, Comment, Post

__all__ = ["DESCRIPTION_LENGTH", "TITLE_LENGTH", "Blog", "Comment", "Post"]
