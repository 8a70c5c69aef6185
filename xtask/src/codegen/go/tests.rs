//! Cases of declarations as gofmt writes them.

use super::*;

fn parse(text: &str) -> Package {
    let mut package = Package { path: "example/v1".to_owned(), ..Package::default() };
    Reader::new(text, &mut package).run();
    package
}

#[track_caller]
fn check_type(text: &str, expected: &TypeExpr) {
    let package = parse(&format!("import (\n\tmeta \"k8s.io/meta/v1\"\n)\n\ntype X {text}\n"));
    match &package.types["X"].body {
        Body::Named(ty) => assert_eq!(ty, expected),
        other => panic!("{other:?}"),
    }
}

fn named(path: &str, name: &str) -> TypeExpr {
    TypeExpr::Named(path.to_owned(), name.to_owned())
}

fn builtin(name: &str) -> TypeExpr {
    TypeExpr::Builtin(name.to_owned())
}

#[test]
fn reads_type_expressions() {
    check_type("string", &builtin("string"));
    check_type("[]byte", &TypeExpr::Slice(Box::new(builtin("byte"))));
    check_type("*meta.Time", &TypeExpr::Pointer(Box::new(named("k8s.io/meta/v1", "Time"))));
    check_type(
        "map[Name][]Item // trailing words",
        &TypeExpr::Map(
            Box::new(named("example/v1", "Name")),
            Box::new(TypeExpr::Slice(Box::new(named("example/v1", "Item")))),
        ),
    );
    check_type("func()", &TypeExpr::Other("func()".to_owned()));
}

#[test]
fn reads_fields_with_their_markers_and_tags() {
    let package = parse(
        "// Words.\n// +structType=atomic\ntype X struct {\n\tBase `json:\",inline\"`\n\n\
         \t// +optional\n\n\t// Words.\n\t// +listType=map\n\t// +listMapKey=a\n\t// +listMapKey=b\n\
         \tItems []Item `json:\"items,omitempty\"\n\t\tprotobuf:\"bytes,2,rep,name=items\"`\n}\n",
    );
    let declaration = &package.types["X"];
    assert_eq!(marker(&declaration.markers, "structType"), Some("atomic"));
    let Body::Struct(fields) = &declaration.body else { panic!("{declaration:?}") };
    assert!(fields[0].embedded);
    assert_eq!((fields[1].embedded, fields[1].name.as_str()), (false, "Items"));
    assert_eq!(marker(&fields[1].markers, "listType"), Some("map"));
    assert_eq!(marker(&fields[1].markers, "list"), None);
    assert_eq!(marker_values(&fields[1].markers, "listMapKey"), ["a", "b"]);
    assert_eq!(marker(&fields[1].markers, "optional"), None);
    assert_eq!(tag(&fields[1].tag, "protobuf"), Some("bytes,2,rep,name=items"));
    assert_eq!(tag(&fields[1].tag, "yaml"), None);
}

#[test]
fn markers_of_a_type_may_stand_one_blank_line_above() {
    let package = parse("// +enum\n\n// Words.\ntype X string\n\ntype Y string\n");
    assert!(marker(&package.types["X"].markers, "enum").is_some());
    assert!(marker(&package.types["Y"].markers, "enum").is_none());
}

#[test]
fn reads_string_constants_and_references_to_them() {
    let package = parse("const (\n\tA X = \"a\"\n\tB = X(\"b\")\n\tC X = A\n\tD = iota\n)\n");
    let found: Vec<_> = package
        .constants
        .iter()
        .map(|constant| (constant.name.as_str(), constant.ty.as_str(), constant.value.as_str()))
        .collect();
    assert_eq!(found, [("A", "X", "a"), ("B", "X", "b"), ("C", "X", "a")]);
}
