package io.clearmarket.gateway.content;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the document store.
 *
 * @param maxSize the largest document taken
 * @param maxModelSize the largest 3D model taken
 */
@ConfigurationProperties("clearmarket.content")
public record ContentProperties(
        @DefaultValue("1MB") DataSize maxSize,
        @DefaultValue("8MB") DataSize maxModelSize) {}
