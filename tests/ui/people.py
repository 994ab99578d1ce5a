"""Persons as the shell takes them: whoever `request.user` is."""

from dataclasses import dataclass


@dataclass
class Somebody:
    full_name: str = "Camille Delattre"
    profile: str = "TEACHER"
    words: str = "Enseignant"
    is_authenticated: bool = True

    def get_short_name(self) -> str:
        return self.full_name.split()[0]

    def get_profile_display(self) -> str:
        return self.words


@dataclass
class Nobody:
    is_authenticated: bool = False
