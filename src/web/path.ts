/** Every address of the app in one place, so that a link is never spelled by hand twice. */

type Query = Record<string, string | number | boolean | null | undefined>

/** Appends what is set; unset and empty values are left out so that addresses stay short. */
export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '' && value !== false) search.set(name, String(value))
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

export const path = {
  desk: '/',
  signIn: '/sign-in',
  activate: '/activate',
  todos: '/todos',
  registers: '/registers',
  register: (id: string) => `/registers/${id}`,
  newRecord: (register: string) => `/registers/${register}/new`,
  printRegister: (register: string) => `/print/registers/${register}`,
  record: (id: number) => `/records/${id}`,
  editRecord: (id: number) => `/records/${id}/edit`,
  printRecord: (id: number) => `/print/records/${id}`,
  imports: '/imports',
  importing: (id: number) => `/imports/${id}`,
  figures: '/figures',
  reports: '/reports',
  report: (id: number) => `/reports/${id}`,
  compareReport: (id: number) => `/reports/${id}/compare`,
  units: '/units',
  unit: (id: number) => `/units/${id}`,
  members: '/members',
  member: (id: number) => `/members/${id}`,
  memberStatistics: '/members/statistics',
  applications: '/members/applications',
  transfers: '/members/transfers',
  duplicates: '/members/duplicates',
  offices: '/offices',
  access: '/access',
  security: '/me',
  audit: '/audit',
  rules: '/rules',
  customRegisters: '/custom-registers',
} as const
