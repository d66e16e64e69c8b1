#!/bin/bash
# Boots the guest, runs the USB rig in it, and brings its rows back. No kernel module, no KVM, no network on the host.
# usage: run.sh CACHE BUNDLES RESULT POSITIONS [PARTS]
set -u
here=$(cd "$(dirname "$0")" && pwd)
cache=$1 bundles=$2 result=$3 positions=$4
out=$(mktemp -d /tmp/xiaopiao-guest.XXXXXX)
trap 'rm -rf "$out"' EXIT
# A kernel without a file system gives up at once. On a machine that is itself a guest KVM may be there and hang, or abort.
kvm_works() {
  [ -w /dev/kvm ] && timeout -k 1 10 qemu-system-x86_64 -M q35 -accel kvm -cpu max -m 512 -nodefaults -no-user-config -display none \
    -no-reboot -kernel "$cache/vmlinuz" -append "quiet panic=-1" < /dev/null > /dev/null 2>&1
}
accel=tcg,thread=multi
kvm_works && accel=kvm
timeout -k 5 2760 qemu-system-x86_64 -M q35 -accel $accel -cpu max -smp 2 -m 2048 \
  -nodefaults -no-user-config -display none -no-reboot -monitor none -serial stdio \
  -kernel "$cache/vmlinuz" -initrd "$cache/initrd.gz" \
  -append "console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable rig.job=$here/usb-job.sh rig.args=$(command -v node),$bundles,$positions,${5:-all}" \
  -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap -device virtio-9p-pci,fsdev=host,mount_tag=host \
  -fsdev local,id=out,path="$out",security_model=none -device virtio-9p-pci,fsdev=out,mount_tag=out < /dev/null
[ -e "$out/rows.json" ] && cp "$out/rows.json" "$result"
exit "$(cat "$out/status" 2>/dev/null || echo 125)"
