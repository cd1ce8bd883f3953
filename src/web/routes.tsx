import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type AnyRoute,
} from '@tanstack/react-router'
import { screens, type Screen } from './screens.ts'
import { Shell } from './shell/Shell.tsx'
import { Loading, Problem, Refused } from './ui/states.tsx'
import { Toasts } from './ui/toast.tsx'

/** Query values stay plain strings, so that an address reads as it is typed: ?unit=12&year=2026. */
const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))
const stringifySearch = (search: Record<string, unknown>): string => {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  const text = params.toString()
  return text ? `?${text}` : ''
}

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
  notFoundComponent: () => <Refused />,
  errorComponent: ({ error }) => (
    <div style={{ padding: 20 }}>
      <Problem error={error} retry={() => window.location.reload()} />
    </div>
  ),
})
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Shell })

/** Pages load when they are opened; only the frame and the workbench are in the first load. */
const page = <Name extends string>(
  address: string,
  load: () => Promise<Record<Name, (props: never) => React.ReactNode>>,
  name: Name,
  parent: AnyRoute = framed,
): AnyRoute =>
  createRoute({
    getParentRoute: () => parent,
    path: address,
    component: lazyRouteComponent(load as never, name as never),
  } as never) as unknown as AnyRoute

const pageOf = (screen: Screen, parent: AnyRoute): AnyRoute =>
  page(screen.path, screen.load as never, screen.name as never, parent)

const routes = root.addChildren([
  framed.addChildren([
    page('/', () => import('./pages/desk/Desk.tsx'), 'Desk'),
    page('/todos', () => import('./pages/desk/Todos.tsx'), 'Todos'),
    page('/registers', () => import('./pages/registers/Catalogue.tsx'), 'Catalogue'),
    page('/registers/$register', () => import('./pages/registers/RecordList.tsx'), 'RecordList'),
    page('/registers/$register/new', () => import('./pages/registers/EditRecord.tsx'), 'NewRecord'),
    page('/records/$id', () => import('./pages/registers/RecordDetail.tsx'), 'RecordDetail'),
    page('/records/$id/edit', () => import('./pages/registers/EditRecord.tsx'), 'EditRecord'),
    page('/imports', () => import('./pages/imports/ImportStart.tsx'), 'ImportStart'),
    page('/imports/$id', () => import('./pages/imports/ImportReview.tsx'), 'ImportReview'),
    page('/figures', () => import('./pages/figures/Figures.tsx'), 'Figures'),
    page('/reports', () => import('./pages/reports/Reports.tsx'), 'Reports'),
    page('/reports/$id', () => import('./pages/reports/Report.tsx'), 'Report'),
    page('/reports/$id/compare', () => import('./pages/reports/Compare.tsx'), 'Compare'),
    page('/units', () => import('./pages/organisation/Units.tsx'), 'Units'),
    page('/units/$id', () => import('./pages/organisation/Unit.tsx'), 'Unit'),
    page('/members', () => import('./pages/members/Members.tsx'), 'Members'),
    page('/members/statistics', () => import('./pages/members/Statistics.tsx'), 'MemberStatistics'),
    page('/members/applications', () => import('./pages/members/Applications.tsx'), 'Applications'),
    page('/members/transfers', () => import('./pages/members/Transfers.tsx'), 'Transfers'),
    page('/members/duplicates', () => import('./pages/members/Duplicates.tsx'), 'Duplicates'),
    page('/members/card/$id/$check', () => import('./pages/members/CardCheck.tsx'), 'CardCheck'),
    page('/members/$id', () => import('./pages/members/Member.tsx'), 'Member'),
    page('/accounts/resets', () => import('./pages/administration/Offices.tsx'), 'Resets'),
    page('/offices', () => import('./pages/administration/Offices.tsx'), 'Offices'),
    page('/access', () => import('./pages/administration/Access.tsx'), 'Access'),
    page('/me', () => import('./pages/administration/Security.tsx'), 'Security'),
    page('/rules', () => import('./pages/administration/Rules.tsx'), 'Rules'),
    page('/audit', () => import('./pages/administration/Audit.tsx'), 'Audit'),
    page('/custom-registers', () => import('./pages/administration/CustomRegisters.tsx'), 'CustomRegisters'),
    ...screens.filter((screen) => !screen.bare).map((screen) => pageOf(screen, framed)),
  ]),
  page('/sign-in', () => import('./pages/door/SignIn.tsx'), 'SignIn', root),
  page('/activate', () => import('./pages/door/Activate.tsx'), 'Activate', root),
  page('/setup', () => import('./pages/door/SetUp.tsx'), 'SetUp', root),
  page('/print/registers/$register', () => import('./pages/print/PrintRegister.tsx'), 'PrintRegister', root),
  page('/print/records/$id', () => import('./pages/print/PrintRecord.tsx'), 'PrintRecord', root),
  ...screens.filter((screen) => screen.bare).map((screen) => pageOf(screen, root)),
])

export const router = createRouter({
  routeTree: routes,
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultPendingMs: 300,
})
