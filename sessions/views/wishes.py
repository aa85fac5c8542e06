"""What people asked for, and where it went. Nothing here joins an unnamed wish to its writer."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.agenda import make_part_of_wish
from sessions.actions.gather import put_on_agenda
from sessions.forms.wishes import WishForm
from sessions.models import Wish, WishKind
from sessions.queries import around, session_or_404


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def wish_list(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    # why by id: it is random, so that the order does not tell who wrote when
    wishes = Wish.objects.select_related("invitation__person", "invitation__group").order_by("pk")
    unplaced = wishes.filter(session=session, agenda_item=None)
    items = session.agenda.filter(wishes__isnull=False).distinct().order_by("day", "position")
    context = {
        **around(session, "wishes"),
        "waiting": unplaced.filter(kind=WishKind.AGENDA, response=""),
        "last_time": unplaced.filter(kind=WishKind.LAST_TIME, response=""),
        "items": items.prefetch_related(Prefetch("wishes", wishes)),
        "reasoned": unplaced.exclude(response=""),
    }
    return TemplateResponse(request, "sessions/wish_list.html", context)


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def wish_edit(request: WorkspaceRequest, session_pk: int, pk: str) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    wish = get_object_or_404(session.wishes.select_related("invitation__person", "invitation__group"), pk=pk)
    wish.session = session
    place = "item" if wish.agenda_item_id else "reason" if wish.response else None
    initial = {"place": place, "item": wish.agenda_item_id, "response": wish.response}
    form = WishForm(request.POST or None, session=session, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _place(wish, form, request)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is clear now what happens with this wish."))
            return redirect(request.workspace.url("sessions:wish_list", session.pk))
    context = {**around(session, "wishes"), "wish": wish, "form": form}
    return TemplateResponse(request, "sessions/wish_edit.html", context, status=422 if form.errors else 200)


def _place(wish: Wish, form: WishForm, request: WorkspaceRequest) -> None:
    given = form.cleaned_data
    if given["place"] == "new":
        make_part_of_wish(wish=wish, fields=form.new_item(), response=given["response"], by=request.user)
        return
    item = given["item"] if given["place"] == "item" else None
    put_on_agenda(wish=wish, item=item, response=given["response"], by=request.user)
