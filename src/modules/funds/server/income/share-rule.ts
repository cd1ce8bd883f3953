/** Part of the allocated 2 % that an upper union receives, in hundredths of a percent of the whole receipt. */
export interface UpperShare {
  name: string
  share: number
}

export interface Split {
  /** Stays with this union. */
  ownFen: number
  upperFen: number
  /** Each upper union's part; they add up to `upperFen`. */
  parts: { name: string; fen: number }[]
}

/** round half up of `fen × hundredths / 10000`, without leaving the integers. */
const portion = (fen: number, hundredths: number): number =>
  Number((2n * BigInt(fen) * BigInt(hundredths) + 10_000n) / 20_000n)

/**
 * What an employer owes for a month: two per cent of the whole payroll, all staff, members or not, rounded half up to
 * the fen. Source: 工会法 第四十三条第一款第二项.
 */
export function allocationDue(payrollFen: number): number {
  if (!Number.isSafeInteger(payrollFen) || payrollFen < 0) throw new RangeError(`not a payroll in fen: ${payrollFen}`)
  return portion(payrollFen, 200)
}

/**
 * Divides a receipt: the upper part is rounded half up as a whole, what remains is ours, so both add up to the receipt.
 * Among several upper unions the whole fen go to the largest remainders, the earlier one first.
 * @param totalFen received, in fen
 * @throws RangeError when the shares exceed the whole
 */
export function splitAllocation(totalFen: number, shares: readonly UpperShare[]): Split {
  if (!Number.isSafeInteger(totalFen) || totalFen < 0) throw new RangeError(`not an amount in fen: ${totalFen}`)
  const sum = shares.reduce((all, one) => all + one.share, 0)
  if (shares.some((one) => !Number.isInteger(one.share) || one.share < 0) || sum > 10_000)
    throw new RangeError('shares exceed the whole')
  const upperFen = portion(totalFen, sum)
  const exact = shares.map(({ name, share }) => {
    const product = BigInt(totalFen) * BigInt(share)
    return { name, fen: Number(product / 10_000n), remainder: product % 10_000n }
  })
  let missing = upperFen - exact.reduce((all, one) => all + one.fen, 0)
  const byRemainder = exact.toSorted((one, other) =>
    one.remainder === other.remainder ? 0 : one.remainder < other.remainder ? 1 : -1,
  )
  for (const part of byRemainder)
    if (missing > 0 && part.remainder > 0n) [part.fen, missing] = [part.fen + 1, missing - 1]
  return { ownFen: totalFen - upperFen, upperFen, parts: exact.map(({ name, fen }) => ({ name, fen })) }
}
