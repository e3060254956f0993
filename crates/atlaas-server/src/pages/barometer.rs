//! `/barometre`: what is done, where, since when: the figures of any query as tables and charts, each with
//! what it is out of and the list behind it. Whole without JavaScript; never a ranking.

pub mod charts;
pub mod figures;
mod form;
pub mod page;
