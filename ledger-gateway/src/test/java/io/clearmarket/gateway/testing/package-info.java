/** What the gateway's tests share. */
@NullMarked
package io.clearmarket.gateway.testing;

import org.jspecify.annotations.NullMarked;
