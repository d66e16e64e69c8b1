/** The unit by which systemd keeps an agent running and shields the rest of the machine from it. */

export interface UnitOptions {
  /** The program and its arguments. */
  readonly command: readonly string[]
  /** Folder of the agent. */
  readonly folder: string
  readonly user: string
}

/**
 * The text of `xiaopiao-agent.service`. The agent may write only into its folder and the folder of locks, and has access to the network and to
 * the devices of printers. It is restarted whenever it ends, which is safe because its journal knows what is on paper.
 *
 * @example
 * const unit = systemdUnit({ command: ['/usr/bin/xiaopiao', 'agent', 'run'], folder: '/var/lib/xiaopiao-agent', user: 'xiaopiao' })
 * unit.includes('NoNewPrivileges=true') // true
 */
export function systemdUnit({ command, folder, user }: UnitOptions): string {
  return `[Unit]
Description=xiaopiao agent: prints the slips of this store
Documentation=https://github.com/xiaopiao/xiaopiao/blob/main/docs/hub.md
Wants=network-online.target
After=network-online.target
# It is started again for ever: a store without its agent prints nothing.
StartLimitIntervalSec=0

[Service]
ExecStart=${command.map(quoted).join(' ')}
User=${user}
# Serial lines belong to dialout, printers to lp.
SupplementaryGroups=lp dialout
Restart=always
RestartSec=2
# A slip under way may take two minutes when the paper is being changed.
TimeoutStopSec=150
UMask=0077

ReadWritePaths=${quoted(folder)} /run/lock
ProtectSystem=strict
# Node or this package may be installed there.
ProtectHome=read-only
PrivateTmp=true
ProtectKernelTunables=true
ProtectKernelModules=true
ProtectKernelLogs=true
ProtectControlGroups=true
ProtectClock=true
ProtectHostname=true
ProtectProc=invisible
NoNewPrivileges=true
CapabilityBoundingSet=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
SystemCallArchitectures=native
SystemCallFilter=@system-service
DevicePolicy=closed
DeviceAllow=char-usb_device rw
DeviceAllow=char-usb rw
DeviceAllow=char-lp rw
DeviceAllow=char-ttyS rw
DeviceAllow=char-ttyUSB rw
DeviceAllow=char-ttyACM rw

[Install]
WantedBy=multi-user.target
`
}

/** Quotes a word for systemd: words with blanks get quotes, and the signs that systemd would replace are doubled. */
function quoted(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w@%+=:,./$-]+$/.test(plain) ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`
}
