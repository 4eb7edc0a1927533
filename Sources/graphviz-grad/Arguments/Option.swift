import ArgumentParser

/// An option of the command line; a program's own options are `GradLanguage.Option`.
typealias Option = ArgumentParser.Option
