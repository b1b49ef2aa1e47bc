"""Addresses of collections and testimonies, for members."""

from django.urls import URLPattern, path

from .views import (
    analysis,
    collections,
    consenting,
    exports,
    importing,
    marking,
    reading,
    reviewing,
    rounds,
    slides,
    themes,
)

app_name = "testimonies"

MARKING: list[URLPattern] = [
    path("paroles/<int:pk>/marquer/", marking.marking_page, name="marking"),
    path("paroles/<int:pk>/marques/", marking.mark, name="mark"),
    path("paroles/<int:pk>/annuler/", marking.undo, name="undo_marking"),
    path("paroles/<int:pk>/refaire/", marking.redo, name="redo_marking"),
    path("paroles/<int:pk>/ressemblances/", marking.suggest_themes, name="suggest_themes"),
    path("marques/<int:pk>/", marking.change_mark, name="change_mark"),
    path("marques/<int:pk>/retirer/", marking.remove_mark, name="remove_mark"),
]

GATHERING: list[URLPattern] = [
    path("", collections.collection_list, name="collections"),
    path("nouveau/", collections.create, name="create"),
    path("partenaires/", collections.partners, name="partners"),
    path("mes-paroles/", collections.mine, name="mine"),
    path("accords/", collections.consent_text, name="consent_text"),
    path("pages/<int:pk>/", reviewing.source, name="source"),
    path("pages/<int:pk>/relire/", reviewing.revise, name="revise"),
    path("pages/<int:pk>/confirmer/", reviewing.confirm, name="confirm"),
    path("pages/<int:pk>/abandonner/", reviewing.drop, name="drop"),
    path("paroles/<int:pk>/", reading.testimony, name="testimony"),
    path("paroles/<int:pk>/modifier/", reading.edit, name="edit_testimony"),
    path("paroles/<int:pk>/corriger/", reading.correct, name="correct"),
    path("paroles/<int:pk>/reponses/<int:answer>/", reading.confirm_question, name="confirm_question"),
    path("paroles/<int:pk>/accords/", consenting.record, name="record_consent"),
    path("paroles/<int:pk>/accords/fin/", consenting.end, name="end_consent"),
    path("paroles/<int:pk>/publier/", consenting.publish, name="publish"),
    path("paroles/<int:pk>/refermer/", consenting.unpublish, name="unpublish"),
    path("paroles/<int:pk>/retirer/", consenting.withdraw, name="withdraw"),
    path("paroles/<int:pk>/inviter/", collections.invite, name="invite"),
    path("paroles/<int:pk>/medias/", reading.add_media, name="add_media"),
    path("paroles/<int:pk>/medias/<int:medium>/", reading.media_file, name="media"),
    path("paroles/<int:pk>/medias/<int:medium>/heberger/", reading.host_media, name="host_media"),
    path("paroles/<int:pk>/medias/<int:medium>/retirer/", reading.remove_media, name="remove_media"),
]

ANALYSING: list[URLPattern] = [
    path("<slug:slug>/themes/", themes.theme_tree, name="themes"),
    path("<slug:slug>/themes/nouveau/", themes.create, name="create_theme"),
    path("<slug:slug>/themes/annuler/", themes.undo, name="undo_themes"),
    path("<slug:slug>/themes/refaire/", themes.redo, name="redo_themes"),
    path("<slug:slug>/themes/<int:pk>/", themes.theme, name="theme"),
    path("<slug:slug>/themes/<int:pk>/modifier/", themes.edit, name="edit_theme"),
    path("<slug:slug>/themes/<int:pk>/deplacer/", themes.move, name="move_theme"),
    path("<slug:slug>/themes/<int:pk>/fusionner/", themes.merge, name="merge_theme"),
    path("<slug:slug>/themes/<int:pk>/diviser/", themes.split, name="split_theme"),
    path("<slug:slug>/themes/<int:pk>/supprimer/", themes.delete, name="delete_theme"),
    path("<slug:slug>/analyse/", analysis.analysis, name="analysis"),
    path("<slug:slug>/extraits/", analysis.excerpts, name="excerpts"),
    path("<slug:slug>/extraits.csv", exports.marks_as_csv, name="marks_csv"),
    path("<slug:slug>/extraits.xlsx", exports.marks_as_xlsx, name="marks_xlsx"),
    path("<slug:slug>/projet.qdpx", exports.project_as_qdpx, name="project_qdpx"),
    path("<slug:slug>/themes.qdc", exports.themes_as_qdc, name="themes_qdc"),
    path("<slug:slug>/echanges/", exports.exchange, name="exchange"),
    path("<slug:slug>/echanges/importer/", exports.bring_in, name="bring_in"),
    path("<slug:slug>/rapport/", exports.report, name="report"),
    path("<slug:slug>/rapport.pdf", exports.report_file, name="report_pdf"),
    path("<slug:slug>/doubles/", rounds.round_list, name="rounds"),
    path("<slug:slug>/doubles/nouveau/", rounds.start, name="start_round"),
    path("<slug:slug>/doubles/<int:pk>/", rounds.round_page, name="round"),
    path("<slug:slug>/doubles/<int:pk>/terminer/", rounds.close, name="close_round"),
    path("<slug:slug>/doubles/<int:pk>/differences/", rounds.disagreements, name="disagreements"),
    path("<slug:slug>/doubles/<int:pk>/trancher/", rounds.settle, name="settle"),
]

# After all others: what stands first here is the collection's own name.
COLLECTION: list[URLPattern] = [
    path("<slug:slug>/", collections.collection, name="collection"),
    path("<slug:slug>/modifier/", collections.edit, name="edit"),
    path("<slug:slug>/clore/", collections.close, name="close"),
    path("<slug:slug>/rouvrir/", collections.reopen, name="reopen"),
    path("<slug:slug>/guide/", collections.guide, name="guide"),
    path("<slug:slug>/attendues/", collections.add_expected, name="add_expected"),
    path("<slug:slug>/parler/", collections.speak, name="speak"),
    path("<slug:slug>/importer/", importing.import_page, name="import"),
    path("<slug:slug>/pages/", importing.sources, name="sources"),
    path("<slug:slug>/diaporama/", slides.slides, name="slides"),
]

urlpatterns: list[URLPattern] = [*GATHERING, *MARKING, *COLLECTION, *ANALYSING]
