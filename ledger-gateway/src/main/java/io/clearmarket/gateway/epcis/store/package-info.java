/** Captured events and what queries look for in them. */
@NullMarked
package io.clearmarket.gateway.epcis.store;

import org.jspecify.annotations.NullMarked;
