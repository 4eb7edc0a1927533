#!/usr/bin/env bash
# Tries this checkout on another release of Debian, whose Graphviz is another version. As root:
#
#     Tests/Scripts/other_graphviz.sh prepare sid FOLDER      # a system of its own in FOLDER
#     Tests/Scripts/other_graphviz.sh test FOLDER             # builds and tests this checkout there
#     Tests/Scripts/other_graphviz.sh draw FOLDER PROGRAM     # draws the samples there with a program
#
# The system holds what the README says to install, and nothing that is only recommended: what Graphviz
# needs and the README does not name is missing there. Packages come from where this machine's own do.
# This checkout is copied; whatever is mounted is so in a namespace that ends with the script. FOLDER is
# the caller's to remove.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$here/../.." && pwd)
. "$here/debian_root.sh"

[ $# -ge 2 ] || fail "say prepare RELEASE FOLDER, test FOLDER or draw FOLDER PROGRAM"
with_own_mounts "$here/$(basename "$0")" "$@"

# What the README says to install before `swift build` and before `swift test`.
readme_packages() {
  grep -h '^apt-get update && apt-get install -y ' "$checkout/README.md" |
    sed 's/.*install -y //; s/ *&&.*//' | tr ' ' '\n' | sort -u
}

# What Swift itself needs of a system (https://www.swift.org/install/linux), and the checks.
swift_packages="g++ git libcurl4-openssl-dev libedit2 libncurses6 libsqlite3-0 tzdata zlib1g-dev"
check_packages="poppler-utils"

prepare() {
  local release=$1 root=$2
  make_root "$release" "$root"
  # shellcheck disable=SC2086,SC2046
  inside "$root" sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get -q update && apt-get -q install -y -o Dpkg::Use-Pty=0 "$@"' sh \
    $(readme_packages) $swift_packages $check_packages || fail "packages cannot be installed in '$release'"
}

# Shows a folder of this machine in a system, at the same path.
show() {
  mkdir -p "$1$2"
  mount --bind "$2" "$1$2"
}

# A library that Swift wants and a system has not; nothing if there is none.
first_missing_library() {
  inside "$1" ldd "$TOOLCHAIN"/usr/bin/{swift-package,swift-frontend,clang,lld} 2>&1 |
    awk '/not found/ && !count++ { print $1 }'
}

# Lets a system run this machine's Swift: its folder, and the libraries of this machine that it wants and
# the system has not.
show_swift() {
  local root=$1 name path
  TOOLCHAIN=$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")")
  [ "$TOOLCHAIN" != / ] || fail "Swift has no folder of its own that another system could use"
  show "$root" "$TOOLCHAIN"
  LIBRARIES=/opt/libraries-of-swift
  mkdir -p "$root$LIBRARIES"
  while name=$(first_missing_library "$root") && [ -n "$name" ]; do
    path=$(ldconfig -p | awk -v name="$name" '$1 == name && !count++ { print $NF }')
    [ -n "$path" ] || fail "Swift wants $name, which is not here either"
    cp -L "$path" "$root$LIBRARIES/$name"
  done
  # Packages that come from a folder of this machine rather than from their own place.
  [ ! -f /etc/gitconfig ] || cp /etc/gitconfig "$root/etc/gitconfig"
  git -C / config --get-regexp '^url\..*\.insteadof$' | awk '{ print $1 }' |
    sed 's/^url\.//; s/\.insteadof$//' | sort -u | while read -r path; do
    [ ! -d "$path" ] || show "$root" "${path%/}"
  done
}

run_tests() {
  local root=$1
  # What draws PNG, PDF and EPS must not need neato's plugin, which newer systems do not install.
  if inside "$root" sh -c 'ls /usr/lib/*/graphviz/libgvplugin_neato_layout.so.* 2>/dev/null' &&
    [ "$(inside "$root" pkg-config --modversion libgvc | cut -d. -f1)" -ge 14 ]; then
    fail "there is neato's plugin, without which this is to be tried"
  fi
  show_swift "$root"
  mkdir -p "$root$checkout"
  cp -a "$checkout/." "$root$checkout"
  # What was compiled with other headers: SwiftPM does not see that they changed.
  find "$root$checkout/.build" -depth \( -name ModuleCache -o -name 'GraphvizRenderer*.build' \) \
    -exec rm -rf {} + 2>/dev/null || true
  find "$root$checkout/Sources/GraphvizRenderer" -name '*.swift' -exec touch {} +
  inside "$root" git config --global --add safe.directory '*'
  inside "$root" sh -euc 'cd "$1"
    echo "Graphviz $(pkg-config --modversion libgvc)"
    swift build --build-tests
    swift test --skip-build \
      --filter "GraphvizRendererTests|GradDrawingTests|GraphvizGradTests|DotStandInTests|VerbTests"
    sh Tests/Scripts/draw_samples.sh .build/debug/graphviz-grad samples' sh "$checkout"
}

draw() {
  local root=$1 program=$2
  mkdir -p "$root/tried"
  cp "$program" "$root/tried/graphviz-grad"
  cp -r "$checkout/samples" "$here/draw_samples.sh" "$root/tried"
  # The runtime of Swift, unless the program holds it.
  case $(ldd "$program") in *libswiftCore*) show_swift "$root" ;; esac
  inside "$root" sh -euc 'cd /tried; sh draw_samples.sh ./graphviz-grad samples'
}

case $1 in
prepare) prepare "$2" "$3" ;;
test) run_tests "$2" ;;
draw) draw "$2" "$3" ;;
*) fail "there is no '$1'" ;;
esac
