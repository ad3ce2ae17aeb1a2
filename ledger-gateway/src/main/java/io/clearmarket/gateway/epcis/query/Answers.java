package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.Gs1Headers;
import io.clearmarket.gateway.epcis.Paged;
import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.gateway.epcis.xml.EpcisAnswer;
import io.clearmarket.gateway.epcis.xml.XmlWords;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Pages of events as answers. */
@Component
class Answers {
    /** The most events of a page. */
    static final int MOST = Paged.MOST;

    private final EventQueries queries;

    Answers(EventQueries queries) {
        this.queries = queries;
    }

    ResponseEntity<EpcisAnswer> events(HttpServletRequest request, EventQuery query) {
        return events(request, "SimpleEventQuery", query);
    }

    /** The page that the request asks for. */
    ResponseEntity<EpcisAnswer> events(HttpServletRequest request, String queryName, EventQuery query) {
        int perPage = perPage(request.getParameter("perPage"));
        EventQueries.Page page = queries.find(query, perPage, request.getParameter("nextPageToken"));
        HttpHeaders headers = new HttpHeaders();
        if (page.next() != null) {
            Paged.linkNext(headers, address(request), perPage, page.next());
        }
        return ResponseEntity.ok().headers(headers).body(answer(request, queryName, page.events()));
    }

    /** Events in the spelling that the request asks for. */
    static EpcisAnswer answer(HttpServletRequest request, String queryName, List<StoredEvent> events) {
        boolean links = "Always_GS1_Digital_Link".equals(request.getHeader(Gs1Headers.EPC_FORMAT));
        XmlWords words = XmlWords.ofHeader(request.getHeader(Gs1Headers.CBV_XML_FORMAT));
        return new EpcisAnswer(QueryDocument.of(queryName, null, events, links), words);
    }

    private static int perPage(@Nullable String given) {
        if (given == null) {
            return Paged.DEFAULT;
        }
        if (!given.matches("\\d{1,6}")) {
            throw new EpcisProblem(Kind.QUERY_PARAMETER, "perPage is \"" + given + "\"; it must be a number");
        }
        int perPage = Integer.parseInt(given);
        Paged.requireSize(perPage);
        return perPage;
    }

    /** The same query again, without what names the page. */
    private static String address(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null) {
            return request.getRequestURI();
        }
        String same = String.join(
                "&",
                Arrays.stream(query.split("&"))
                        .filter(one -> !one.startsWith("perPage=") && !one.startsWith("nextPageToken="))
                        .toList());
        return same.isEmpty() ? request.getRequestURI() : request.getRequestURI() + "?" + same;
    }
}
