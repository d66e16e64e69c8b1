#!/bin/bash
# Builds CACHE/vmlinuz and CACHE/initrd.gz from Debian's kernel package: busybox, the modules for USB gadgets, and init.
# usage: build.sh CACHE     needs: apt-get, dpkg-deb, kmod, cpio, busybox-static
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
modules="virtio_pci 9p 9pnet_virtio overlay dummy_hcd libcomposite usb_f_printer usb_f_fs usblp"
kernel=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
version=${kernel#linux-image-}
rm -rf package tree root && mkdir package tree root
chmod 777 package
(cd package && apt-get download -qq "$kernel" >&2)
# A small part of the 400 MB that are in it.
dpkg-deb --fsys-tarfile package/"$kernel"_*.deb | tar -x -C tree --wildcards \
  './boot/vmlinuz-*' "./lib/modules/$version/modules.*" \
  "./lib/modules/$version/kernel/drivers/usb/*" "./lib/modules/$version/kernel/drivers/virtio/*" \
  "./lib/modules/$version/kernel/fs/*" "./lib/modules/$version/kernel/net/9p/*" \
  "./lib/modules/$version/kernel/lib/*" "./lib/modules/$version/kernel/crypto/*"
depmod -b tree "$version"
mkdir -p root/{bin,proc,sys,dev,mnt/host,mnt/over,new} root/lib/modules/"$version"
for module in $modules; do
  modprobe -d tree -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
done | sort -u | while read -r file; do
  install -D "$file" "root/lib/modules/$version/kernel/$(basename "$file")"
done
cp tree/lib/modules/"$version"/modules.{builtin,builtin.modinfo,order} root/lib/modules/"$version"/ 2>/dev/null || true
depmod -b root "$version"
cp "$(command -v busybox)" root/bin/busybox
cp "$here/init" root/init && chmod +x root/init
cp tree/boot/vmlinuz-* vmlinuz
(cd root && find . | cpio -o -H newc --quiet | gzip -1) > initrd.part
mv initrd.part initrd.gz
rm -rf package tree root
