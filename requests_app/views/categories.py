"""The categories: the list with a box to try everyday words, and a form for each."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.vocabulary import Role
from requests_app.forms.categories import CategoryForm
from requests_app.models import Category
from requests_app.selectors.access import Actor
from requests_app.selectors.categories import active_categories, suggest_categories
from requests_app.selectors.category_upkeep import category_rows, mark_of, owners_who_left
from requests_app.services.categories import NameTaken, add_category, change_category
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_holding
from requests_app.views.posted import asked_in


@login_required
@require_GET
def category_list(request: HttpRequest) -> HttpResponse:
    """List the categories; try which ones everyday words bring up."""
    actor = actor_holding(request, Role.ADMINISTRATOR, Role.HR)
    words = asked_in(request, "words")
    rows = category_rows()
    context = {
        "rows": rows,
        "in_use": sum(row.category.is_active for row in rows),
        "left": sum(bool(row.left and row.category.is_active) for row in rows),
        "words": words,
        "found": suggest_categories(words, active_categories()) if words else [],
        "may_edit": actor.holds(Role.ADMINISTRATOR),
    }
    return render(request, "categories/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def category_new(request: HttpRequest) -> HttpResponse:
    """Add a category."""
    actor, status = actor_holding(request, Role.ADMINISTRATOR), HTTPStatus.OK
    form = CategoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                add_category(form.entry(), actor=actor, at=timezone.now())
            except NameTaken:
                form.add_error("name", _name_taken())
            else:
                messages.success(request, _("Category added. The log form offers it from now on."))
                return redirect("category_list")
    return render(request, "categories/category.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Change or retire a category."""
    actor, status = actor_holding(request, Role.ADMINISTRATOR), HTTPStatus.OK
    category = _load(slug)
    form = CategoryForm(request.POST if request.method == "POST" else None, category=category)
    if request.method == "POST":
        status = _save(request, category, form, actor) if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        if status == HTTPStatus.OK:
            messages.success(request, _("Category saved. Requests that have it stay with their owners."))
            return redirect("category_list")
        category = _load(slug)
    context = {"category": category, "form": form, "mark": mark_of(category), "left": owners_who_left(category)}
    return render(request, "categories/category.html", context, status=status)


def _load(slug: str) -> Category:
    return get_object_or_404(Category.objects.select_related("default_owner", "backup_owner"), slug=slug)


def _save(request: HttpRequest, category: Category, form: CategoryForm, actor: Actor) -> HTTPStatus:
    def save() -> None:
        seen = request.POST.get("seen", "")
        change_category(category.pk, form.entry(), seen=seen, actor=actor, at=timezone.now())

    try:
        return attempt(form, save) or HTTPStatus.OK
    except NameTaken:
        form.add_error("name", _name_taken())
        return HTTPStatus.UNPROCESSABLE_ENTITY


def _name_taken() -> str:
    return _("Another category goes by this name. Choose another, or change that one.")
