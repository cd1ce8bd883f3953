/** Addresses of income, spending and budget, spelled once. */
export const processPath = {
  income: '/funds/income',
  receipt: (id: number) => `/funds/income/${id}`,
  spending: '/funds/spending',
  newRequest: '/funds/spending/new',
  mine: '/funds/mine',
  newReimbursement: '/funds/mine/new',
  request: (id: number) => `/funds/spending/${id}`,
  editRequest: (id: number) => `/funds/spending/${id}/edit`,
  printRequest: (id: number) => `/print/funds/spending/${id}`,
  budget: '/funds/budget',
  rules: '/funds/rules',
} as const
