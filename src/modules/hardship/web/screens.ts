import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/hardship/files', load: () => import('./Files.tsx'), name: 'Files' },
    { path: '/hardship/apply', load: () => import('./Apply.tsx'), name: 'Apply' },
    { path: '/hardship/standards', load: () => import('./Standards.tsx'), name: 'Standards' },
    { path: '/hardship/files/$id', load: () => import('./File.tsx'), name: 'File' },
    { path: '/hardship/files/$id/$version', load: () => import('./File.tsx'), name: 'File' },
  ],
  menu: [{ group: '职工服务', to: '/hardship/files', title: '困难档案', icon: 'shield', order: 20 }],
})
