/** Takes EPCIS documents in: validated, as jobs, onto the ledger. */
@NullMarked
package io.clearmarket.gateway.epcis.capture;

import org.jspecify.annotations.NullMarked;
