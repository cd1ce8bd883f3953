/** Paid claims of the premiums paid: `36.5%`, cut after the first decimal, since a ratio is never shown better than it is. */
export const lossRatio = (plan: { paid: number; premiumFen: number; paidFen: number }): string => {
  const premiumsFen = plan.paid * plan.premiumFen
  return premiumsFen === 0 ? '没有数据' : `${Math.floor((plan.paidFen * 1000) / premiumsFen) / 10}%`
}
