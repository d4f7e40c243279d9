#!/usr/bin/env bash
# Tests the C kernels of every instruction set by Tests/CKernelsTests, and says what they are wrong by at most.
#
#   check-kernels.sh [plain | sanitize | neon] [cases] [seed]
#
# "sanitize" looks for what memory, arithmetic or threads do wrong; "neon" runs the kernels for Arm under an
# emulator, which is slow.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=${1:-plain}
cases=${2:-150}
seed=${3:-1}

# The compiler of the Swift toolchain, wherever `swift` is a link to: the program is built by it too.
libraries=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
clang=$libraries/../../bin/clang
[ -x "$clang" ] || clang=clang

out=.build/check-kernels
mkdir -p "$out"

# Builds as `$out/NAME` with what else is to be said to the compiler.
build() {
  local name=$1
  shift
  "$clang" -std=gnu17 -g -Wall -Wextra -Werror -fuse-ld=lld -ISources/CKernels/include \
    Sources/CKernels/*.c Tests/CKernelsTests/*.c -lm -pthread "$@" -o "$out/$name"
}

case $mode in
  plain)
    build plain -O2
    "$out/plain" "$cases" "$seed"
    ;;
  sanitize)
    echo "== addresses, undefined behaviour"
    build address -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
    "$out/address" "$cases" "$seed"
    echo "== threads"
    # The toolchain's runtime for threads calls Dispatch.
    build thread -O1 -fsanitize=thread "-L$libraries/linux" "-Wl,-rpath,$libraries/linux" \
      -ldispatch -lBlocksRuntime
    TSAN_OPTIONS=halt_on_error=1 "$out/thread" "$cases" "$seed"
    ;;
  neon)
    build neon -O2 --target=aarch64-linux-gnu -static
    qemu-aarch64 "$out/neon" "$cases" "$seed"
    ;;
  *)
    echo "error: \`$mode\` is none of plain, sanitize, neon" >&2
    exit 1
    ;;
esac
