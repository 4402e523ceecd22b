#!/bin/sh
# Installs what this machine lacks: `scripts/setup.sh run` to run a centre, `scripts/setup.sh test` to test it too.
# Made for Debian 12 and Raspberry Pi OS Bookworm; elsewhere it says what to install by hand.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
venv=$PWD/.venv
policy=/usr/sbin/policy-rc.d
forbidden=no
log=$(mktemp)
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
has() { PATH=$PATH:/usr/sbin:/usr/local/sbin command -v "$1" >/dev/null; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif has sudo; then sudo "$@"
    else fail "only root can install packages here: run it as root, or install sudo"
    fi
}

lacking() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    has mosquitto || echo mosquitto
    has espeak-ng || echo espeak-ng
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -q 'libusb-1\.0\.so\.0' || echo libusb-1.0-0  # USB printers
    [ "$purpose" = test ] || return 0
    has mosquitto_pub || echo mosquitto-clients
    browser
    has ip || echo iproute2
    has faketime || echo faketime
    has systemd-analyze || echo systemd
    # the browser tests' driver brings its own runtime, which wants this library
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -q 'libatomic\.so\.1' || echo libatomic1
}

# The tests prefer the browser that cannot show windows: it takes a fifth of the time. Where apt has none that fits to
# what is installed, as beside the Chromium of Raspberry Pi OS, the whole one does.
browser() {
    if has chromium-headless-shell; then return; fi
    if apt-get --simulate --no-remove install chromium-headless-shell >/dev/null 2>&1; then echo chromium-headless-shell
    elif ! has chromium; then echo chromium
    fi
}

# Debian starts a service as soon as it is installed; the centre runs a broker of its own, on the same port.
# A policy that is already there is somebody else's: it stays, and `rest_broker` stops what it may have let start.
forbid_starting() {
    if [ -e "$policy" ] || [ -L "$policy" ]; then return; fi
    forbidden=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
}

allow_starting() {
    [ "$forbidden" = no ] || as_root rm -f "$policy"
    forbidden=no
}

rest_broker() {
    if [ -d /run/systemd/system ]; then
        as_root systemctl disable --quiet --now mosquitto.service
    elif [ -x /etc/init.d/mosquitto ]; then
        as_root /etc/init.d/mosquitto stop >/dev/null 2>&1 || true
        as_root update-rc.d mosquitto disable >/dev/null 2>&1 || true
    fi
}

clean_up() { allow_starting; rm -f "$log"; }

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1; }

install_packages() {
    has apt-get || fail "there is no apt-get here: install these by hand, then try again: $*"
    say "this machine lacks $*: installing them with apt-get (a minute or two; it may ask for your password)"
    case " $* " in *" mosquitto "*) forbid_starting ;; esac
    apt-cache show "$@" >/dev/null 2>&1 || apt update || true
    apt install --yes --no-install-recommends "$@" ||
        { apt update && apt install --yes --no-install-recommends "$@"; } ||
        explain "the packages $*"
    allow_starting
    case " $* " in *" mosquitto "*) rest_broker ;; esac
}

# One sentence when the network is the reason, and the tool's own last words when it is not.
explain() {
    if grep -q -i -e 'connect' -e 'resolv' -e 'resolution' -e 'timed out' -e 'unreachable' "$log"; then
        fail "$1 could not be fetched: is the network up? Try again with it"
    fi
    tail -n 20 "$log" >&2
    fail "$1 could not be installed; the last words of the tool that tried stand above"
}

install_python() {
    if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        say "making a Python environment in .venv"
        python3 -m venv --clear "$venv"
    fi
    what=.
    [ "$purpose" = test ] && what='.[dev]'
    say "installing the Python packages of constraints.txt into .venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --retries 2 --timeout 20 \
        -c constraints.txt -e "$what" >"$log" 2>&1 || explain "the Python packages"
}

case $purpose in run | test) ;; *) fail "say run or test, not '$purpose'" ;; esac
has python3 || fail "python3 is missing: sudo apt-get install python3"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or newer is needed (Debian 12, Raspberry Pi OS Bookworm); this is $(python3 --version)"
missing=$(lacking | tr '\n' ' ')
# shellcheck disable=SC2086
[ -z "$missing" ] || install_packages $missing
install_python
touch "$venv/.setup-run"
[ "$purpose" = run ] || touch "$venv/.setup-test"
say "done"
