/** The project's one JSON mapper and its one canonical form (RFC 8785). */
@NullMarked
package io.clearmarket.wallet.json;

import org.jspecify.annotations.NullMarked;
