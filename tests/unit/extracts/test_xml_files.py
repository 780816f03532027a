"""XML as it comes from a stranger: no entities, no depth without end, no file read beside it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.layouts.cin_census import parts_of
from apps.extracts.readers import markup
from apps.extracts.readers.markup import DEEPEST, read_xml

BOMB = """<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><m><c><a>&b;</a></c></m>"""
OUTSIDE = """<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><m><c><a>&x;</a></c></m>"""
PARAMETER = """<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><m><c/></m>"""


def read(tmp_path, content, element="c"):
    path = tmp_path / "a.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_xml(path, "a.xml", element))


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, PARAMETER], ids=["bomb", "file", "network"])
def test_a_document_type_is_refused_before_anything_in_it_is_read(tmp_path, content):
    with pytest.raises(Refused, match=r"declares a document type \(DOCTYPE\)"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("<m>\n<c>\n</m>", ", line 3"),
        ("<m>\n<c a=1/></m>", ", line 2"),
        ("<m/><m/>", ", line 1"),
        ("plain", ", line 1"),
        ("<m><c>&nbsp;</c></m>", ""),
    ],
)
def test_what_is_not_well_formed_is_named_by_its_line_where_it_has_one(tmp_path, content, place):
    with pytest.raises(Refused, match=f"^a.xml{place}: the XML is not well formed"):
        read(tmp_path, content)


@pytest.mark.parametrize(("depth", "refused"), [(DEEPEST, False), (DEEPEST + 1, True)], ids=["at", "above"])
def test_elements_have_a_greatest_depth(tmp_path, depth, refused):
    inner = depth - 2
    content = "<m><c>" + "<d>" * inner + "x" + "</d>" * inner + "</c></m>"
    if refused:
        with pytest.raises(Refused, match=f"more than {DEEPEST} deep"):
            read(tmp_path, content)
    else:
        assert read(tmp_path, content) == [(1, {"/".join(["d"] * inner): "x"})]


def test_children_before_a_broken_one_are_read_and_the_rest_is_refused(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<m>" + "<c><a>1</a></c>" * 3000 + "<c><a>2</b></c></m>")
    rows = read_xml(path, "a.xml", "c")
    assert next(rows) == (1, {"a": "1"})
    with pytest.raises(Refused):
        list(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_file_is_read_in_the_encoding_it_declares(tmp_path, encoding):
    declared = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{declared}"?><m><c><a>Zoë</a></c></m>'.encode(encoding)
    assert read(tmp_path, content) == [(1, {"a": "Zoë"})]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<m><c/></m>", {}),
        ("<m><c><a> 1 </a></c></m>", {"a": "1"}),
        ("<m><c><a>  </a><b/></c></m>", {}),
        ("<m><c><a><![CDATA[<b>]]></a></c></m>", {"a": "<b>"}),
        ("<m><c><a>&lt;&amp;</a></c></m>", {"a": "<&"}),
        ("<m><c a='1'><b c='2'>x</b></c></m>", {"b": "x"}),
        ("<m><c>text<a>1</a>tail</c></m>", {"a": "1"}),
        ("<m><c><a>1</a><a>2</a><a>3</a></c></m>", {"a": "1", "a[2]": "2", "a[3]": "3"}),
        ("<m><c><a/><a>2</a></c></m>", {"a[2]": "2"}),
        ("<m xmlns:x='urn:x'><x:c><x:a>1</x:a></x:c></m>", {"a": "1"}),
    ],
)
def test_an_element_as_paths_and_texts(tmp_path, content, found):
    assert read(tmp_path, content) == [(1, found)]


@pytest.mark.parametrize(("parts", "marked"), [(3, False), (4, False), (5, True)])
def test_a_child_of_endless_parts_is_marked(tmp_path, monkeypatch, parts, marked):
    monkeypatch.setattr(markup, "MOST_PARTS", 3)
    [(_number, found)] = read(tmp_path, "<m><c>" + "<a>1</a>" * parts + "</c></m>")
    assert ("!" in found) is marked


def test_elements_are_counted_through_the_whole_file(tmp_path):
    content = "<m><g>" + "<c/>" * 3 + "</g><x/><g>" + "<c><a>1</a></c>" * 2 + "</g></m>"
    assert [number for number, _found in read(tmp_path, content)] == [1, 2, 3, 4, 5]


LEAF = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=6)
TREE = st.recursive(
    LEAF,
    lambda inner: st.lists(st.tuples(st.sampled_from("abd"), inner), min_size=1, max_size=4),
    max_leaves=10,
)


def xml_of(tree):
    return (
        tree if isinstance(tree, str) else "".join(f"<{tag}>{xml_of(inner)}</{tag}>" for tag, inner in tree)
    )


def leaves(tree):
    return [tree] if isinstance(tree, str) else [leaf for _tag, inner in tree for leaf in leaves(inner)]


@given(TREE.filter(lambda tree: not isinstance(tree, str)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_no_text_of_any_element_is_lost_and_paths_build_the_tree_again(tmp_path, tree):
    [(_number, found)] = read(tmp_path, f"<m><c>{xml_of(tree)}</c></m>")
    assert sorted(found.values()) == sorted(leaves(tree))

    def texts(part):
        return [
            *part.texts.values(),
            *(text for same in part.inner.values() for one in same for text in texts(one)),
        ]

    assert sorted(texts(parts_of(found))) == sorted(leaves(tree))
