/// The rows of the operator table, each a type of its own: `Operators.Multiply`.
///
/// They have a name in common, so that programs that import the package keep theirs.
public enum Operators {}
