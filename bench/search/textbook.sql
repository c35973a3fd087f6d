-- PostgreSQL full text as its manual teaches it: one weighted vector a product, a GIN index on it, an index for each filter and order.
CREATE TABLE textbook AS
SELECT l.id, l.first_live_at, branch.slug AS branch, category.slug AS category, c.country, c.kind AS company_kind, c.women_led, r.minimum_order,
       r.lead_time_days, r.incoterm, r.sample_offered, (SELECT min(p.unit_price) FROM listings_pricebreak p WHERE p.revision_id = r.id) AS price,
       setweight(to_tsvector('english', r.title), 'A') || setweight(to_tsvector('english', r.summary), 'B')
       || setweight(to_tsvector('english', c.legal_name || ' ' || category.name), 'C') || setweight(to_tsvector('english', r.description), 'D') AS words
FROM listings_listing l
JOIN listings_listingrevision r ON r.id = l.live_revision_id
JOIN storefronts_company c ON c.id = l.company_id
JOIN reference_category category ON category.id = r.category_id
LEFT JOIN reference_category branch ON branch.id = category.parent_id
WHERE l.state = 'live';
CREATE INDEX ON textbook USING gin (words);
CREATE INDEX ON textbook (branch);
CREATE INDEX ON textbook (category);
CREATE INDEX ON textbook (country);
CREATE INDEX ON textbook (lead_time_days);
CREATE INDEX ON textbook (price);
CREATE INDEX ON textbook (first_live_at DESC);
ALTER TABLE textbook ADD PRIMARY KEY (id);
ANALYZE textbook;
