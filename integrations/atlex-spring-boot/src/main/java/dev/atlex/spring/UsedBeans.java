package dev.atlex.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Finds beans without creating them, because a health report must not open a store. */
final class UsedBeans {
    private UsedBeans() {}

    /** Returns the singletons of a type that have already been created. */
    static <T> List<T> of(ConfigurableListableBeanFactory beans, Class<T> type) {
        List<T> used = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(type, false, false)) {
            Object bean = beans.getSingleton(name);
            if (type.isInstance(bean)) {
                used.add(type.cast(bean));
            }
        }
        return used;
    }
}
