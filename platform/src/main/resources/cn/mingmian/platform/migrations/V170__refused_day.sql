-- Which rules refused how often on a day: kept when the decisions' detail is forgotten, and about nobody.
CREATE TABLE refused_day (
  day   date   NOT NULL,
  rule  text   NOT NULL,
  verb  text   NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, rule, verb)
);
