# Runs inside the guest: two USB printers made of FunctionFS on a virtual bus, and one of the kernel's own, then the rig.
# usage: usb-job.sh NODE BUNDLES POSITIONS PARTS
/lib/systemd/systemd-udevd --daemon
modprobe libcomposite
modprobe usb_f_fs
modprobe usb_f_printer
modprobe dummy_hcd num=3
modprobe usblp
mount -t configfs none /sys/kernel/config
gadget() { # NAME SERIAL FUNCTION
  local g=/sys/kernel/config/usb_gadget/$1
  mkdir -p $g/strings/0x409 $g/configs/c.1/strings/0x409 $g/functions/$3
  echo 0x04b8 > $g/idVendor
  echo 0x0202 > $g/idProduct
  echo 0x0200 > $g/bcdUSB
  [ -n "$2" ] && echo "$2" > $g/strings/0x409/serialnumber
  echo xiaopiao > $g/strings/0x409/manufacturer
  echo "virtual receipt printer" > $g/strings/0x409/product
  ln -s $g/functions/$3 $g/configs/c.1/
}
for name in p1 p2; do
  gadget $name SN-$name ffs.$name
  mkdir -p /dev/ffs-$name
  mount -t functionfs $name /dev/ffs-$name
done
gadget p3 SN-p3 printer.p3
export RIG_ANSWER_MS=2000 RIG_RESULT=/tmp/rig/rows.json NO_COLOR=1 UV_THREADPOOL_SIZE=16
timeout 2700 "$1" "$2/usb.mjs" "$2/host.mjs" "$3" "$4"
status=$?
dmesg | grep -iE 'oops|BUG:' | head
exit $status
