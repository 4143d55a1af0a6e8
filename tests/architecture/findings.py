"""Walk the code and name what the house forbids; each function takes source text, so a test can feed it bad code."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_WRITES = {
    "abulk_create", "abulk_update", "acreate", "adelete", "asave", "aupdate", "bulk_create", "bulk_update", "create",
    "delete", "get_or_create", "save", "update_or_create",
}  # fmt: skip
_CLOCKS = {
    ("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"),
}  # fmt: skip
_LOCAL_CLOCKS = {"localdate", "localtime"}
_AUTOMATIC_CLOCKS = {"auto_now", "auto_now_add"}
_AUDITING = {"record_audit", "record_audit_of_each", "_record", "_follow"}
_FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
FUNCTION_LINES, VIEW_LINES, MODULE_LINES, PARAMETERS, POSITIONAL = 50, 25, 300, 6, 2
Function = ast.FunctionDef | ast.AsyncFunctionDef


def writes(source: str) -> list[str]:
    """Find calls that change rows: manager and instance verbs, raw SQL aside."""
    return [
        f"line {call.lineno}: .{call.func.attr}() writes; only a service may"
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_write(call, call.func)
    ]


def _is_write(call: ast.Call, function: ast.Attribute) -> bool:
    if isinstance(function.value, ast.Call) and ast.unparse(function.value.func) == "super":
        return False
    if function.attr == "update":  # a dict's or a hash's update takes something; a queryset's only keywords
        return bool(call.keywords) and not call.args
    return function.attr in _WRITES


def clock_readings(source: str) -> list[str]:
    """Find places that read the clock, called or handed on as a default."""
    return [f"line {line}: {what} reads the clock; take it as an argument" for line, what in _clock_readings(source)]


def _clock_readings(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if (isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in _CLOCKS) or (
            isinstance(node, ast.Call) and not node.args and _last_name(node.func) in _LOCAL_CLOCKS | {"Now"}
        ):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.keyword) and node.arg in _AUTOMATIC_CLOCKS:
            yield node.value.lineno, node.arg


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def status_branches(source: str) -> list[str]:
    """Find decisions taken on a request's status, which belong to the workflow table alone."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            compared = [node.subject]
        else:
            continue
        if any(_is_request_status(part) for part in compared):
            found.append(f"line {node.lineno}: decides on a status; ask domain/workflow.py")
    return found


def _is_request_status(node: ast.expr) -> bool:
    """Recognise `Status.OPEN`, a tuple of them, and `service_request.status`; a job's own Status is another matter."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(_is_request_status(item) for item in node.elts)
    if not isinstance(node, ast.Attribute):
        return False
    owner = _last_name(node.value)
    if isinstance(node.value, ast.Name) and owner == "Status":
        return True
    return node.attr == "status" and owner.endswith(("request", "service_request"))


def over_budget(source: str, *, is_view: bool = False, is_service: bool = False) -> list[str]:
    """Find modules, functions and parameter lists that have grown past what one head can hold."""
    found = []
    lines = len(source.splitlines())
    if lines > MODULE_LINES:
        found.append(f"module of {lines} lines, {MODULE_LINES} at most")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            found += _function_over_budget(node, VIEW_LINES if is_view else FUNCTION_LINES, is_service=is_service)
    return found


def _function_over_budget(node: Function, budget: int, *, is_service: bool) -> Iterator[str]:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if lines > budget:
        yield f"line {node.lineno}: {node.name}() has {lines} lines, {budget} at most"
    positional = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args) if arg.arg not in {"self", "cls"}]
    total = len(positional) + len(node.args.kwonlyargs)
    if total > PARAMETERS:
        yield f"line {node.lineno}: {node.name}() takes {total} parameters, {PARAMETERS} at most"
    if is_service and not node.name.startswith("_") and len(positional) > POSITIONAL:
        yield f"line {node.lineno}: {node.name}() takes {len(positional)} by position; make them keyword-only"


def unscoped_reads(source: str) -> list[str]:
    """Find requests read without asking what this person may see."""
    return [
        f"line {node.lineno}: {ast.unparse(node)} sees everything; start from visible_requests"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and _last_name(node.value) in {"ServiceRequest", "Interaction", "ResponseClock", "Event"}
    ]


def foreign_imports(source: str, *, own: str) -> list[str]:
    """Find imports that are neither the standard library nor the package's own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        found += [
            f"line {node.lineno}: imports {name}; {own} knows the standard library only"
            for name in names
            if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith(f"{own}.")
        ]
    return found


def replaced_own_code(source: str) -> list[str]:
    """Find tests that replace our own code instead of running it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _last_name(node.func) in {"patch", "setattr", "object"} and node.args:
            first = node.args[0]
            target = first.value if isinstance(first, ast.Constant) else None
            if isinstance(target, str) and target.startswith(("requests_app", "pinole_service")):
                found.append(f"line {node.lineno}: replaces {target}; fakes only at the border")
    return found


def vague_name(path: Path) -> list[str]:
    """Find modules whose name says nothing."""
    return [f"{path.stem} says nothing; name the noun"] if _FORBIDDEN_NAMES.search(path.stem) else []


_TEMPLATE_RULES = {
    re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE): "style= breaks the content security policy; use a class",
    re.compile(r"<style\b", re.IGNORECASE): "an inline sheet breaks the content security policy",
    re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE): "an inline script breaks the content security policy",
    re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE): "an inline handler breaks the content security policy",
    re.compile(r"(?:href|src|action)\s*=\s*[\"']?(?:javascript:|data:)", re.IGNORECASE): "no javascript:, no data:",
    re.compile(r"<(?:script|link|img|source)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE): "no foreign hosts",
    re.compile(
        r"(?<![\w-])(?:(?:text|bg|border|link|btn|btn-outline|alert|badge|table|text-bg)-"
        r"(?:primary|secondary|success|danger|warning|info|light|dark|white|black|muted|body-secondary))(?![\w-])"
    ): "a colour utility ignores the theme; use a class of ours",
    re.compile(r"\b(?:SLA|ticket)s?\b"): "say request and answer by",
}
# Themed by the bridge in tokens.css.
_THEMED = re.compile(r"\b(?:btn-(?:primary|secondary)|alert-(?:success|danger|warning|info|primary))\b")


def template_faults(source: str) -> list[str]:
    """Find what the content security policy refuses, and colours that ignore the theme."""
    text = _THEMED.sub("themed", source)
    return [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {reason}"
        for pattern, reason in _TEMPLATE_RULES.items()
        for match in pattern.finditer(text)
    ]


def audited_actions(source: str) -> Iterator[str]:
    """Give the codes of audited acts that are written out in a call, in either branch of a choice too."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and _last_name(call.func) in _AUDITING and call.args:
            yield from (str(part.value) for part in _branches(call.args[0]) if isinstance(part, ast.Constant))


def _branches(node: ast.expr) -> list[ast.expr]:
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
