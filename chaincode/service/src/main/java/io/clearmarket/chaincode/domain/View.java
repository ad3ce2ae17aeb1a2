package io.clearmarket.chaincode.domain;

import org.jspecify.annotations.Nullable;

/** The records as they are before the command; reading changes nothing. */
@FunctionalInterface
public interface View {
    /** The record under the key, or null if there is none. */
    <T> @Nullable T find(Key<T> key);
}
