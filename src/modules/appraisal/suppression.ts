/**
 * Which figures may be published. A figure of few sheets gives its raters away, and so does the difference of two figures:
 * the total less everything else is the group that was left out. So the groups of one subject are parted into cells, each of
 * at least k valid sheets, and only cells are counted, scored and shown: whatever sum or difference a reader forms of
 * published figures is again a union of cells.
 */
export interface GroupCount {
  groupId: number
  /** Percent. */
  weight: number
  valid: number
}

export interface Cell {
  groupIds: number[]
  weight: number
  valid: number
}

/**
 * Parts groups into cells. Groups of k sheets and more stand by themselves; smaller ones are counted together, and when even
 * together they are fewer than k, the smallest of the others joins them. Weights are added, so they still make 100.
 * @param k least valid sheets of a published figure
 * @returns no cell at all when the groups have fewer than k sheets in all
 */
export function partition(groups: readonly GroupCount[], k: number): Cell[] {
  const bySize = groups.toSorted((one, other) => one.valid - other.valid || one.groupId - other.groupId)
  const together = bySize.filter((group) => group.valid < k)
  const apart = bySize.filter((group) => group.valid >= k)
  const sum = (of: readonly GroupCount[]): number => of.reduce((total, group) => total + group.valid, 0)
  while (together.length > 0 && sum(together) < k) {
    const next = apart.shift()
    if (!next) return []
    together.push(next)
  }
  const cell = (of: readonly GroupCount[]): Cell => ({
    groupIds: of.map((group) => group.groupId).toSorted((one, other) => one - other),
    weight: of.reduce((total, group) => total + group.weight, 0),
    valid: sum(of),
  })
  const first = (one: Cell): number => groups.findIndex((group) => one.groupIds.includes(group.groupId))
  return [...apart.map((group) => cell([group])), ...(together.length ? [cell(together)] : [])].toSorted(
    (one, other) => first(one) - first(other),
  )
}
