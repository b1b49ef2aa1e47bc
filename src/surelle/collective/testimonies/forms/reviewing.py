"""What a reviewer says of a voice to be, and of lines."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from surelle.collective.groups.models import Group, GroupKind
from surelle.commons.members.models import Membership

from ..models import Testimony

DATE = re.compile(r"^(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


class AttributeForm(forms.Form):
    author = forms.CharField(max_length=160, required=False)
    author_kind = forms.ChoiceField(choices=Testimony.AuthorKind.choices)
    member = forms.ModelChoiceField(queryset=Membership.objects.none(), required=False)
    group_id = forms.ModelChoiceField(queryset=Group.objects.none(), required=False)
    group = forms.CharField(max_length=160, required=False)
    group_kind = forms.ChoiceField(choices=[("", "—"), *GroupKind.choices], required=False)
    tenure = forms.ChoiceField(choices=Testimony.Tenure.choices, required=False)
    date = forms.CharField(max_length=10, required=False)
    addressee = forms.CharField(max_length=160, required=False)

    def __init__(self, *args: Any, members: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["group_id"].queryset = groups  # type: ignore[attr-defined]

    def clean_date(self) -> str:
        written: str = self.cleaned_data["date"].strip()
        if written and not DATE.match(written):
            raise ValidationError(_("Écrivez la date ainsi : 2021, 2021-09 ou 2021-09-14."))
        return written

    def facts(self) -> dict[str, Any]:
        """Return the fields as rules.reviewing.attribute takes them."""
        given = dict(self.cleaned_data)
        member, group = given["member"], given["group_id"]
        if member:
            given["author_kind"], given["author"] = "member", member.person.full_name
        elif given["author_kind"] == "member":
            given["author_kind"] = "outsider" if given["author"] else "anonymous"
        given["member"] = member.pk if member else None
        given["group_id"] = group.pk if group else None
        if group:
            given["group"], given["group_kind"] = group.name, group.kind
        return given
