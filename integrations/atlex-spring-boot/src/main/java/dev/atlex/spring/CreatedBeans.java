package dev.atlex.spring;

import java.util.function.Consumer;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Passes each bean of a type to an action once it is created, which may be late, because many beans are lazy. */
final class CreatedBeans<T> implements BeanPostProcessor {
    private final Class<T> type;
    private final Consumer<? super T> action;

    CreatedBeans(Class<T> type, Consumer<? super T> action) {
        this.type = type;
        this.action = action;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (type.isInstance(bean)) {
            action.accept(type.cast(bean));
        }
        return bean;
    }
}
