"""Blogs, their posts, and what is said of these; blogs that anybody reads."""

from blog.models.blogs import DESCRIPTION_LENGTH, TITLE_LENGTH, Blog, Comment, Post
from blog.models.public import ADDRESS_LENGTH, PublicAddress, PublicBlog

__all__ = [
    "ADDRESS_LENGTH",
    "DESCRIPTION_LENGTH",
    "TITLE_LENGTH",
    "Blog",
    "Comment",
    "Post",
    "PublicAddress",
    "PublicBlog",
]
