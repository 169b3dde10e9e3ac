import { nextTick, onMounted, watch } from 'vue';
import { useRoute } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import VersionMenu from './VersionMenu.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('VersionMenu', VersionMenu);
  },
  setup() {
    // The home page is the only one without a <main>, which screen readers jump to.
    const route = useRoute();
    const mark = async () => {
      await nextTick();
      const content = document.getElementById('VPContent');
      if (content?.querySelector('main')) {
        content.removeAttribute('role');
      } else {
        content?.setAttribute('role', 'main');
      }
    };
    onMounted(() => watch(() => route.path, mark, { immediate: true }));
  },
};
