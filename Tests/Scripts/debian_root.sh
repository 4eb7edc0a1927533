#!/usr/bin/env bash
# Makes a Debian of its own in a folder, and runs commands there. As root:
#
#     Tests/Scripts/debian_root.sh make bookworm FOLDER [PACKAGE ...]   # the least of it, and packages
#     Tests/Scripts/debian_root.sh run FOLDER COMMAND [ARGUMENT ...]    # as root of that system
#
# Packages come from where this machine's own do. What is mounted is so in a namespace that ends with the
# script, so that FOLDER can be removed afterwards by whoever made it. Other scripts read this one for its
# functions.
set -euo pipefail

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# Everything happens where mounts are seen by nobody else: the script begins once more there.
with_own_mounts() {
  [ "$(id -u)" -eq 0 ] || fail "only root can run another system in a folder"
  [ -z "${OWN_MOUNTS:-}" ] || return 0
  command -v unshare >/dev/null || fail "unshare is missing: apt-get install util-linux"
  OWN_MOUNTS=1 exec unshare --mount --propagation private "$@"
}

# A system of a release in a folder, with packages that are named after it.
make_root() {
  local release=$1 root=$2 codename mirror
  shift 2
  command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk -v release="$codename" '$2 == release && !count++ { print $1 }')
  [ -n "$mirror" ] || fail "apt has no source for this machine's own release '$codename'"
  debootstrap --variant=minbase --include="$(echo ca-certificates "$@" | tr ' ' ,)" \
    "$release" "$root" "$mirror" ||
    fail "debootstrap cannot make a system of '$release' here"
  # The way to the packages is this machine's; nothing needs to survive a power cut.
  apt-config dump | grep -E '^(Acquire::Check-|Acquire::https?::)' >"$root/etc/apt/apt.conf.d/90here" || true
  echo 'APT::Install-Recommends "false";' >>"$root/etc/apt/apt.conf.d/90here"
  mkdir -p "$root/etc/dpkg/dpkg.cfg.d"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/90here"
}

# Runs a command in a system.
inside() {
  local root=$1
  shift
  for folder in proc dev; do
    mountpoint -q "$root/$folder" || mount --rbind "/$folder" "$root/$folder"
  done
  chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TMPDIR=/tmp \
    PATH="${TOOLCHAIN:+$TOOLCHAIN/usr/bin:}/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" \
    ${LIBRARIES:+LD_LIBRARY_PATH="$LIBRARIES"} "$@"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  [ $# -ge 3 ] || fail "say make RELEASE FOLDER [PACKAGE ...] or run FOLDER COMMAND [ARGUMENT ...]"
  with_own_mounts "$0" "$@"
  case $1 in
  make) make_root "${@:2}" ;;
  run) inside "${@:2}" ;;
  *) fail "there is no '$1'" ;;
  esac
fi
