"""Files of every format, made in code, with invented people."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = f"""{DECLARATION}<w:styles xmlns:w="{WORD}">
<w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Sous"><w:name w:val="Mon titre"/><w:basedOn w:val="Titre1"/></w:style>
<w:style w:styleId="Citation"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Puces"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
</w:styles>"""


def packed(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def paragraph(text: str, style: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of DOCX."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, **members: str) -> bytes:
    """A DOCX file of this body."""
    return packed(
        {
            "[Content_Types].xml": f"{DECLARATION}<Types/>",
            "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
            f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}"><Relationship Id="lien" '
            f'Type="{RELATIONS}/hyperlink" Target="https://we.tl/t-abc" TargetMode="External"/></Relationships>',
            "word/styles.xml": STYLES,
            "word/document.xml": f'{DECLARATION}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}">'
            f"<w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": content for name, content in members.items()},
        }
    )


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{OFFICE}{name}:1.0"'
    for short, name in {"office": "office", "text": "text", "table": "table", "style": "style"}.items()
)


def odt(body: str, styles: str = "") -> bytes:
    """An ODT file of this body."""
    content = (
        f'{DECLARATION}<office:document-content {SPACES} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:fo="{OFFICE}xsl-fo-compatible:1.0"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def ods(rows: str, **members: str) -> bytes:
    """An ODS file with one sheet of these rows."""
    content = (
        f"{DECLARATION}<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Réponses">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = f'{DECLARATION}<m:manifest xmlns:m="{OFFICE}manifest:1.0"/>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
            **members,
        }
    )


def ods_row(*cells: str) -> str:
    """A row of texts for `ods`."""
    return "<table:table-row>{}</table:table-row>".format(
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
    )


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An XLSX workbook of these sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def encrypted(data: bytes) -> bytes:
    """The same zip file with the flag of encryption set on each member."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = changed.find(signature)
        while position >= 0:
            changed[position + offset] |= 1
            position = changed.find(signature, position + 4)
    return bytes(changed)
