package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Whose pages may call the API from a browser: nobody's but ours, unless they are named. Cookies never count across origins.
 *
 * @param origins such as {@code https://shop.example}, each in full
 */
@ConfigurationProperties("clearmarket.cors")
record CrossOrigins(@DefaultValue List<String> origins) {
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    CrossOrigins {
        origins = List.copyOf(origins);
        origins.stream().filter(origin -> !ORIGIN.matcher(origin).matches()).forEach(wrong -> {
            throw new InvalidValue("clearmarket.cors.origins", wrong, "an origin such as https://shop.example");
        });
    }

    /**
     * What a browser is told, on the paths that programs call. Where no origin is named there is nothing to tell, and browsers let nobody
     * from elsewhere in by themselves.
     */
    UrlBasedCorsConfigurationSource source() {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        allowed.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.ACCEPT,
                ManagedCommands.IDEMPOTENCY_KEY,
                "Last-Event-ID"));
        allowed.setExposedHeaders(
                List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, HttpHeaders.LINK, HttpHeaders.WWW_AUTHENTICATE));
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(REMEMBERED);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (origins.isEmpty()) {
            return source;
        }
        List.of("/api/v1/**", "/epcis/**", "/log/**").forEach(path -> source.registerCorsConfiguration(path, allowed));
        return source;
    }
}
