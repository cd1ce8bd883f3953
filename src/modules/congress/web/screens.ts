import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/congress', load: () => import('./Congress.tsx'), name: 'Congress' },
    { path: '/congress/terms/$id', load: () => import('./Term.tsx'), name: 'Term' },
    { path: '/congress/terms/$id/elections/$day', load: () => import('./Term.tsx'), name: 'Term' },
    { path: '/congress/sessions/$id', load: () => import('./Session.tsx'), name: 'Session' },
    { path: '/congress/sessions/$id/items/$item', load: () => import('./Session.tsx'), name: 'Session' },
    { path: '/congress/sessions/$id/hall', load: () => import('./Hall.tsx'), name: 'Hall', bare: true },
    { path: '/congress/papers/$id', load: () => import('./Paper.tsx'), name: 'Paper' },
    { path: '/congress/projects', load: () => import('./Projects.tsx'), name: 'Projects' },
    { path: '/congress/projects/$id', load: () => import('./Projects.tsx'), name: 'Project' },
    { path: '/congress/mine', load: () => import('./Mine.tsx'), name: 'Mine' },
    { path: '/congress/mine/$id', load: () => import('./Mine.tsx'), name: 'MySession' },
  ],
  menu: [
    {
      group: '民主管理',
      to: '/congress',
      title: '代表大会',
      icon: 'people',
      permissions: ['congress.read'],
      order: 10,
    },
    { group: '我的', to: '/congress/mine', title: '我的大会', icon: 'badge', order: 65 },
  ],
})
