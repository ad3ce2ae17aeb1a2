/**
 * A caller of the gateway's API who holds their own keys: prepares, checks what came back, signs, submits. It knows the
 * gateway only through HTTP.
 */
@NullMarked
package io.clearmarket.gateway.client;

import org.jspecify.annotations.NullMarked;
