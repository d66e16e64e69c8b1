#!/usr/bin/env python3
"""Bakes src/glyphs/data/korean.gfd: the 24x24 glyphs of all 11,172 hangul syllables, and those signs of
KS C 5601 (and five of other zones) that the other files lack.

  bake-korean.py NanumMyeongjoBold.ttf FILE_WITH_THE_CHARACTERS OUT.gfd

The font is Debian's fonts-nanum (OFL-1.1). Needs python3-freetype and python3-numpy of Debian 12 (FreeType 2.12.1):
another FreeType may hint otherwise, so the baked file is committed and this script is only run to change it. What it wrote is packed
by scripts/pack-glyphs.mjs then.
"""
import struct
import sys
import zlib

import freetype as ft
import numpy as np

CELL, BASELINE = 24, 21
FLAGS = ft.FT_LOAD_RENDER | ft.FT_LOAD_TARGET_MONO | ft.FT_LOAD_FORCE_AUTOHINT


def dots(face, code_point):
    """The glyph in its cell, on the baseline, in the middle of its advance; what lies outside is cut."""
    face.load_glyph(face.get_char_index(code_point), FLAGS)
    slot, bitmap = face.glyph, face.glyph.bitmap
    cell = np.zeros((CELL, CELL), np.uint8)
    if bitmap.rows == 0:
        return cell
    rows = np.array(bitmap.buffer, np.uint8).reshape(bitmap.rows, bitmap.pitch)
    bits = np.unpackbits(rows, axis=1)[:, : bitmap.width]
    left = slot.bitmap_left + round((CELL - slot.advance.x / 64) / 2)
    left = max(0, min(left, CELL - bitmap.width))
    top = max(0, min(BASELINE - slot.bitmap_top, CELL - bitmap.rows))
    part = bits[: CELL - top, : CELL - left]
    cell[top : top + part.shape[0], left : left + part.shape[1]] = part
    return cell


def deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return packer.compress(data) + packer.flush()


def pages_of(glyphs):
    pages = {}
    for code_point, cell in sorted(glyphs.items()):
        pages.setdefault(code_point >> 8, []).append((code_point & 255, cell))
    return pages


def bake(glyphs):
    """Pages of deflated columns, which scripts/pack-glyphs.mjs makes smaller."""
    table, blocks = b'', b''
    pages = pages_of(glyphs)
    for page, members in pages.items():
        present = bytearray(32)
        for low, _ in members:
            present[low >> 3] |= 128 >> (low & 7)
        table += struct.pack('<HI', page, len(blocks)) + bytes(present)
        blocks += deflate(b''.join(np.packbits(cell.T, axis=1).tobytes() for _, cell in members))
    return b'GFD1' + bytes((CELL, CELL, 1, 0)) + struct.pack('<H', len(pages)) + table + blocks


def main(font, characters, out):
    face = ft.Face(font)
    face.set_pixel_sizes(0, 24)
    wanted = sorted(set(map(ord, open(characters, encoding='utf-8').read().strip())))
    found = {code: dots(face, code) for code in wanted if face.get_char_index(code)}
    print('not in the font:', ''.join(chr(code) for code in wanted if code not in found))
    with open(out, 'wb') as file:
        file.write(bake(found))
    print(len(found), 'glyphs')


main(*sys.argv[1:])
