import { describe, expect, it } from 'vitest'
import { places, print } from './helpers.js'

describe('lines', () => {
  it('prints characters in cells of Font A, a line every 30 dots', () => {
    const paper = print("1B 40 'AB C' 0A 'D' 0A")
    expect(places(paper)).toEqual(['A@0,0', 'B@12,0', 'C@36,0', 'D@0,30'])
    expect(paper.heightDots).toBe(60)
  })
})
