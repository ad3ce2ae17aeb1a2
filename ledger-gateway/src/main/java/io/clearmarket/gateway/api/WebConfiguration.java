package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** What all controllers share: strict JSON, a {@link Caller} as a parameter, and values of ours in paths and queries. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final JsonMapper mapper;

    WebConfiguration(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The project's one mapper, taught to write problems as RFC 9457 wants them. */
    @Bean
    static JsonMapper jsonMapper() {
        return Json.MAPPER
                .rebuild()
                .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                .addModule(new SimpleModule().addDeserializer(String.class, new KeptText()))
                .build();
    }

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.withJsonConverter(new JsonInOnePiece(mapper));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new EmptyParameters());
    }

    /** Values that Spring can't make by a constructor or a method {@code of}. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, EthAddress.class, EthAddress::parse);
        registry.addConverter(String.class, EventPosition.class, EventPosition::parse);
        registry.addConverter(String.class, RecordKind.class, WebConfiguration::kind);
        registry.addConverter(String.class, Instant.class, WebConfiguration::instant);
    }

    /** Of the years that ISO 8601 writes with four digits: the database knows fewer than {@link Instant} does. */
    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
            throw new IllegalArgumentException("it must be from the year 0000 to 9999");
        }
        return instant;
    }

    private static RecordKind kind(String objectType) {
        return Arrays.stream(RecordKind.values())
                .filter(kind -> kind.objectType().equals(objectType))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it must be one of "
                        + Arrays.stream(RecordKind.values())
                                .map(RecordKind::objectType)
                                .toList()));
    }

    /** Gives a controller's method its {@link Caller}; null on a public path without a token. */
    private static final class CallerResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return request.getUserPrincipal() instanceof Authentication authentication
                            && authentication.getPrincipal() instanceof Caller caller
                    ? caller
                    : null;
        }
    }
}
