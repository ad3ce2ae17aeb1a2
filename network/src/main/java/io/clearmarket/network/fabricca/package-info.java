/**
 * A client of Fabric CA, the certificate authority that organisations run in production: enrolment, registration,
 * re-enrolment, revocation and revocation lists over its REST API.
 */
@NullMarked
package io.clearmarket.network.fabricca;

import org.jspecify.annotations.NullMarked;
