#!/usr/bin/env python3
"""Bakes src/glyphs/data/small.gfd (16x16, two cells) and pin.gfd (6x9, one cell): dots for heads and texts too small for 24.

  bake-small.py MISC_FONTS_FOLDER NotoSansSC_400Regular.ttf OUT_FOLDER

The folder is Debian's /usr/share/fonts/X11/misc with xfonts-base (gb16st, 6x9) and xfonts-efont-unicode (b16). The characters
of GB2312 are the native bitmaps of gb16st, other characters those of b16, and hanzi of GBK that neither has are Noto Sans SC
at 16 pixels. What it wrote is packed by scripts/pack-glyphs.mjs then. Needs python3-freetype and python3-numpy of Debian 12, as bake-korean.py does.
"""
import sys
import zlib
import struct

import freetype as ft
import numpy as np

FIT = ft.FT_LOAD_RENDER | ft.FT_LOAD_TARGET_MONO | ft.FT_LOAD_FORCE_AUTOHINT
ASIS = ft.FT_LOAD_RENDER | ft.FT_LOAD_MONOCHROME


def bitmap_font(path):
    face = ft.Face(path)
    face.set_charmap(face.charmaps[0])
    face.select_size(0)
    return face


def codes_of(face):
    code, index = face.get_first_char()
    while index:
        yield code
        code, index = face.get_next_char(code, index)


def dots(face, code, cell, baseline, flags):
    """The glyph in a cell of (width, height), its left bearing kept; what lies outside is cut."""
    width, height = cell
    face.load_glyph(face.get_char_index(code), flags)
    slot, bitmap = face.glyph, face.glyph.bitmap
    out = np.zeros((height, width), np.uint8)
    if bitmap.rows == 0:
        return out
    rows = np.array(bitmap.buffer, np.uint8).reshape(bitmap.rows, bitmap.pitch)
    bits = np.unpackbits(rows, axis=1)[:, : bitmap.width]
    left = max(0, min(slot.bitmap_left, width - bitmap.width))
    top = max(0, min(baseline - slot.bitmap_top, height - bitmap.rows))
    part = bits[: height - top, : width - left]
    out[top : top + part.shape[0], left : left + part.shape[1]] = part
    return out


def codec_characters(codec, leads, trails):
    """Unicode code point to two-byte code."""
    found = {}
    for lead in leads:
        for trail in trails:
            try:
                text = bytes([lead, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found[ord(text)] = lead << 8 | trail
    return found


def is_wide(code):
    return 0x2E80 <= code < 0xA000 or 0xAC00 <= code < 0xD7A4 or 0xF900 <= code < 0xFB00 or 0xFF00 <= code < 0xFF61


def small_glyphs(folder, noto):
    gb16, b16 = bitmap_font(f'{folder}/gb16st.pcf.gz'), bitmap_font(f'{folder}/b16.pcf.gz')
    sans = ft.Face(noto)
    sans.set_pixel_sizes(0, 16)
    gb = codec_characters('gb2312', range(0xA1, 0xF8), range(0xA1, 0xFF))
    gbk = codec_characters('gbk', range(0x81, 0xFF), range(0x40, 0xFF))
    glyphs = {}
    for code in codes_of(b16):
        if is_wide(code):
            glyphs[code] = dots(b16, code, (16, 16), 14, ASIS)
    for code, pair in gb.items():
        if gb16.get_char_index(pair & 0x7F7F):
            glyphs[code] = dots(gb16, pair & 0x7F7F, (16, 16), 14, ASIS)
    missing = [code for code in gbk if is_wide(code) and code not in glyphs]
    for code in missing:
        if sans.get_char_index(code):
            glyphs[code] = dots(sans, code, (16, 16), 14, FIT)
    print(len(glyphs), 'small glyphs;', len(missing), 'not in the bitmap fonts')
    return glyphs


def pin_glyphs(folder):
    face = bitmap_font(f'{folder}/6x9.pcf.gz')
    return {code: dots(face, code, (6, 9), 7, ASIS) for code in codes_of(face) if code > 0x20 and not 0xE000 <= code < 0xF900}


def deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return packer.compress(data) + packer.flush()


def bake(glyphs, cell):
    """Pages of deflated columns, which scripts/pack-glyphs.mjs makes smaller."""
    pages, table, blocks = {}, b'', b''
    for code, dots_of in sorted(glyphs.items()):
        pages.setdefault(code >> 8, []).append((code & 255, dots_of))
    for page, members in pages.items():
        present = bytearray(32)
        for low, _ in members:
            present[low >> 3] |= 128 >> (low & 7)
        table += struct.pack('<HI', page, len(blocks)) + bytes(present)
        blocks += deflate(b''.join(np.packbits(dots_of.T, axis=1).tobytes() for _, dots_of in members))
    return b'GFD1' + bytes((*cell, 1, 0)) + struct.pack('<H', len(pages)) + table + blocks


def main(folder, noto, out):
    for name, cell, glyphs in (
        ('small', (16, 16), small_glyphs(folder, noto)),
        ('pin', (6, 9), pin_glyphs(folder)),
    ):
        data = bake(glyphs, cell)
        with open(f'{out}/{name}.gfd', 'wb') as file:
            file.write(data)
        print(name, len(glyphs), 'glyphs', len(data), 'bytes')


main(*sys.argv[1:])
