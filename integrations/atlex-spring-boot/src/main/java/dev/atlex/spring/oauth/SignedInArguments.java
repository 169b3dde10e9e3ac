package dev.atlex.spring.oauth;

import dev.atlex.client.Client;
import dev.atlex.oauth.OAuthSession;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Passes the signed-in user to controller methods. */
final class SignedInArguments implements HandlerMethodArgumentResolver {
    /** The supported parameter types, without those from optional modules. */
    static final Map<Class<?>, Function<SignedInUser, ?>> TYPES = Map.of(
            SignedInUser.class, user -> user,
            Client.class, SignedInUser::client,
            OAuthSession.class, SignedInUser::session);

    private final SignedInUsers users;
    private final Map<Class<?>, Function<SignedInUser, ?>> types;

    SignedInArguments(SignedInUsers users, Map<Class<?>, Function<SignedInUser, ?>> types) {
        this.users = users;
        this.types = types;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return types.containsKey(parameter.nestedIfOptional().getNestedParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        Function<SignedInUser, ?> type = types.get(parameter.nestedIfOptional().getNestedParameterType());
        if (request == null || type == null) {
            throw new IllegalStateException("unsupported request or parameter: " + parameter);
        }
        if (parameter.getParameterType() == Optional.class) {
            return users.find(request).map(type);
        }
        return isNullable(parameter) ? users.find(request).map(type).orElse(null) : type.apply(users.require(request));
    }

    /** Spring 6 doesn't see JSpecify's annotation, which belongs to the type of the parameter. */
    private static boolean isNullable(MethodParameter parameter) {
        Annotation[] ofType = parameter
                .getExecutable()
                .getAnnotatedParameterTypes()[parameter.getParameterIndex()]
                .getAnnotations();
        return parameter.isOptional()
                || Stream.of(ofType)
                        .anyMatch(one -> one.annotationType().getSimpleName().equals("Nullable"));
    }
}
