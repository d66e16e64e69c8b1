/** Sub-path `xiaopiao/small-gbk`: `xiaopiao/small` with the codes of GB 2312 and GBK. The build makes both from the same modules. */

export * from './small.js'
