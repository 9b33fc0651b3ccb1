"""A path as a Mermaid flowchart: text that documents, wikis and code hosts draw by themselves."""

from collections.abc import Mapping

from catalogue.path import Path
from catalogue.wording import ENDS, time_words
from ptsp.catalogue.arrows import arrows, is_applicants

STYLES = (
    "classDef office fill:#eef4fb,stroke:#2f5d8a,color:#1b2733",
    "classDef applicant fill:#fdf1d9,stroke:#b07a1e,color:#1b2733",
    "classDef ending fill:#f1f3f5,stroke:#68737d,color:#1b2733",
)


def mermaid(title: str, path: Path, role_names: Mapping[str, str]) -> str:
    """The flowchart. Dotted arrows lead back; the applicant's steps and the ends have colours of their own."""
    lines = ["---", f"title: {_quoted(title)}", "---", "flowchart TD"]
    for step in path.steps:
        words = [step.name, role_names[step.actor], time_words(step)]
        label = "<br/>".join(_escaped(word) for word in words if word)
        kind = "applicant" if is_applicants(step) else "office"
        lines.append(f'  s_{step.code}["{label}"]:::{kind}')
    drawn = arrows(path)
    for end in (end for end in ENDS if any(arrow.target == end for arrow in drawn)):
        lines.append(f'  s_{end}(["{ENDS[end]}"]):::ending')
    for arrow in drawn:
        line = "-.->" if arrow.way == "back" else "-->"
        lines.append(f'  s_{arrow.source} {line}|"{_escaped(arrow.words)}"| s_{arrow.target}')
    return "\n".join([*lines, *(f"  {style}" for style in STYLES)]) + "\n"


def _escaped(text: str) -> str:
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
