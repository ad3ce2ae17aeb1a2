/** The EPCIS query language, named queries and resources. */
@NullMarked
package io.clearmarket.gateway.epcis.query;

import org.jspecify.annotations.NullMarked;
