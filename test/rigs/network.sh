#!/bin/bash
# Two hosts in network namespaces of this machine, with addresses of their own: nothing leaves the machine.
# usage: network.sh RIG.mjs HOST.mjs
set -u
export PATH=$PATH:/usr/sbin:/sbin
a=xiaopiaoA$$ b=xiaopiaoB$$
cleanup() { ip netns del $a 2>/dev/null; ip netns del $b 2>/dev/null; }
trap cleanup EXIT
ip netns add $a && ip netns add $b || exit 3
ip link add vA netns $a type veth peer name vB netns $b || exit 3
ip -n $a addr add 10.77.0.1/24 dev vA; ip -n $b addr add 10.77.0.2/24 dev vB
for n in $a $b; do ip -n $n link set lo up; done
ip -n $a link set vA up; ip -n $b link set vB up
NEAR=$a FAR=$b ip netns exec $a node "$1" "$2"
